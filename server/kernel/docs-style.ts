/** The style of the API page; the policy that it is served under allows exactly this text. */
export const docsStyle = `
:root{color-scheme:light dark;--text:#1c2024;--dim:#60646c;--line:#d9dce0;--soft:#f4f5f7;--accent:#0b57d0;--page:#fff}
@media(prefers-color-scheme:dark){:root{--text:#e8eaed;--dim:#a3a8b0;--line:#33373d;--soft:#1b1e22;--accent:#8ab4f8;--page:#111316}}
body{font:14px/1.5 Inter,system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--page)}
h1{font-size:1.6rem}h1 small{color:var(--dim);font-size:1rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h4{margin:.75rem 0 .25rem}
a{color:var(--accent)}nav{position:sticky;top:0;background:var(--page);padding:.5rem 0;border-bottom:1px solid var(--line)}nav a{margin-right:.75rem}
summary{cursor:pointer;padding:.35rem 0}details[open]{padding-bottom:1rem}.summary{color:var(--dim);margin-left:.5rem}
code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.method{display:inline-block;width:4.5rem;font-weight:600;text-transform:uppercase}.delete{color:#c62a2f}.get{color:var(--accent)}
pre{background:var(--soft);padding:.75rem;overflow:auto;border-radius:4px}
table{border-collapse:collapse;width:100%}td{vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid var(--line)}
input{font:inherit;padding:.35rem .5rem;width:20rem;max-width:60%}button{font:inherit;padding:.35rem .75rem}
@media(prefers-color-scheme:dark){.delete{color:#ff9592}}
`

CREATE TABLE `file_content` (
	`workspace_id` text NOT NULL,
	`sha256` text NOT NULL,
	`content` blob NOT NULL,
	`created_at` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
	PRIMARY KEY(`workspace_id`, `sha256`)
);

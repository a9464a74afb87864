ALTER TABLE `device` ADD `name` text;--> statement-breakpoint
ALTER TABLE `device` ADD `family` text;--> statement-breakpoint
ALTER TABLE `device` ADD `revoked_at` integer;--> statement-breakpoint
ALTER TABLE `device` ADD `revoked_by` text;--> statement-breakpoint
ALTER TABLE `device` ADD `told_at` integer;--> statement-breakpoint
CREATE INDEX `device_by_family` ON `device` (`family`);
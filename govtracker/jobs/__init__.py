"""What a user asks for, without a window: one file a job, used by the commands and the window."""

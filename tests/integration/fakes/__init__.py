"""Stand-ins for the servers that the bot speaks to: a package for each, and what they share."""

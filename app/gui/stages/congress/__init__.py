"""职代会审议: the dates of a session, and the vote as it stands on the tally."""

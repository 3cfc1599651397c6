"""What the user is asked, without Qt: pages and fields by stage, referring to domain facts."""

"""Everything the pages say to people: in the Vietnamese of public offices, and in English."""

"""What readers of several formats have to say of a doubtful page."""

LEGACY = "It was typed in an old encoding (TCVN3, VNI or another) and has been turned into Unicode; look it over."
MENDED = "It was spoilt by being encoded twice or otherwise, and has been mended; look it over."
UNREADABLE_LETTERS = "Some of its letters could not be read (�); it was saved in a wrong encoding or cut short."
GUESSED = "Its headline is marked nowhere and was guessed from the text; look whether it is right."

"""What readers of several formats have to say of a doubtful page."""

LEGACY = "It was typed in an old encoding (TCVN3, VNI or another) and has been turned into Unicode; look it over."

"""The board for admins: documents, index, questions without an answer, people, who was told what."""

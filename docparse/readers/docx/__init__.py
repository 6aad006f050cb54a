"""Word packages (.docx and its kin), and Word documents as one XML file."""

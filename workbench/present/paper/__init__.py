"""Official paper: one document model that becomes a PDF or an editable Word file."""

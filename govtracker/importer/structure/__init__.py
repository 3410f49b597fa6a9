"""Where on a sheet what stands: its rows and cells, the regions under the form's headings, claims on cells."""

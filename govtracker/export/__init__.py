"""Form + card -> Document -> PDF, Excel. Every output only writes documents."""

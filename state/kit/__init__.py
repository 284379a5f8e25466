"""What every state stands on: who may call, who is signed in, live refresh, forms, dialogs, sheets, ticks, threads."""

// Ours, not the logger's.
global using EventId = Hotline.Conversations.EventId;

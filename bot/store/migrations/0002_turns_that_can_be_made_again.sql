-- What an answer depended on beside the text and the catalog. NULL with turns of before, and where
-- the text must not be kept. The context holds what citizens wrote, as conversations.state does.
ALTER TABLE inbound ADD COLUMN choice TEXT; -- id of the button or row that was tapped
ALTER TABLE inbound ADD COLUMN context TEXT; -- JSON, dialog::Conversation before the turn

-- Up to which of its entries a case has been forgotten: what is said in it afterwards is to be forgotten too. What was forgotten before this is looked at once more, for
-- its mail was left.
alter table support_case add column forgotten_until timestamptz;

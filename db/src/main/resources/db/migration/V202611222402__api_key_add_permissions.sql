-- What programs may do with a key; null for the keys made before one could choose, which may do all that they could.
alter table api_key add column permissions text[];

-- What each line of the order was when its questions were answered: number -> name, as {"2": "Cups"}. Lines may be replaced later; answers stay about these.
set local lock_timeout = '10s';
alter table response add column items jsonb;

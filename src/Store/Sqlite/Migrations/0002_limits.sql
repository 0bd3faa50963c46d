-- The values of arguments that a lane's jobs have in common: [[path, value], ...] as JSON; null for none.
alter table lane add column args text;

-- The uses of limits of a flush; in a fold's row also the limits' states.
alter table journal add column permits blob;

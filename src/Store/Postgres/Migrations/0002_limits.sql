-- The values of arguments that a lane's jobs have in common: [[path, value], ...] as JSON; null for none. Text, because jsonb refuses NUL.
alter table worcr.lane add column args text;

-- The uses of limits of a flush; in a fold's row also the limits' states.
alter table worcr.journal add column permits bytea;
alter table worcr.journal alter column permits set storage external;

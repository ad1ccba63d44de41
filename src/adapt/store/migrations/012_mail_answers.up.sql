-- Mail that answers a message names it, so that the two stand together where they are read (RFC 5322, 3.6.4).
ALTER TABLE mail ADD COLUMN answers TEXT NOT NULL DEFAULT '';

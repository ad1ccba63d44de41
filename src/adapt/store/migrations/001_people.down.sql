DROP TABLE fact;
DROP TABLE membership;
DROP TABLE relation;
DROP TABLE clinician;
DROP TABLE organization;
DROP TABLE counter;

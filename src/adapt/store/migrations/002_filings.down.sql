DROP TABLE once;
DROP TABLE decision;
DROP TABLE request;
DROP TABLE election;
DROP TABLE run;
DROP TABLE measurement_set;
DROP TABLE submission;

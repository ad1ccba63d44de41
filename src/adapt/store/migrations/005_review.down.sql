DROP TABLE review_extension;
DROP TABLE review_document;
DROP TABLE review_event;
DROP TABLE review;

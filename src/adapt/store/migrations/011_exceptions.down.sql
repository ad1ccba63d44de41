DROP TABLE exception;

DROP TABLE mail;
DROP TABLE audit;
DROP TABLE consent;
DROP TABLE api_token;
DROP TABLE session;
DROP TABLE role;
DROP TABLE account;

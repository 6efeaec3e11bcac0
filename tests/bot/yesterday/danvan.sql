BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	question_id INTEGER NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	text TEXT, 
	confidence DOUBLE NOT NULL, 
	notes JSON NOT NULL, 
	citations JSON NOT NULL, 
	generation VARCHAR(64) NOT NULL, 
	elapsed_ms DOUBLE NOT NULL, 
	answered DATETIME NOT NULL, 
	sent_as VARCHAR(64), 
	CONSTRAINT fk_answers_question_id FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE CASCADE
);
INSERT INTO "answers" VALUES(1,1,'not_found',NULL,2.18539935997708652942e-03,'[]','[{"passage": "5pel3655d7qnkbcc", "document": "hop-thon", "quote": "\u00d4ng Tr\u1ea7n V\u0103n Nam, tr\u01b0\u1edfng th\u00f4n, cho bi\u1ebft \u0111\u01b0\u1eddng s\u1ebd kh\u1edfi c\u00f4ng trong qu\u00fd II n\u0103m 2021 v\u00e0 ho\u00e0n th\u00e0nh tr\u01b0\u1edbc m\u00f9a m\u01b0a.", "link": null, "score": 1.0}, {"passage": "7smv3gwijrs64ejk", "document": "hop-thon", "quote": "S\u00e1ng ng\u00e0y 05/3/2021, th\u00f4n H\u00f2a B\u00ecnh h\u1ecdp b\u00e0n vi\u1ec7c l\u00e0m \u0111\u01b0\u1eddng.", "link": null, "score": 0.7610948085784912}, {"passage": "bkdj76gfvqqxp7eb", "document": "tram-y-te", "quote": "Tr\u1ea1m c\u00f3 hai b\u00e1c s\u0129 v\u00e0 b\u1ed1n y t\u00e1.", "link": null, "score": 0.0}]','20261122T083950-054ac7',6.52883800103154499083e+00,'2026-11-22 08:39:52.241260','12');
CREATE TABLE facts (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_facts PRIMARY KEY ("key")
);
CREATE TABLE feedback (
	answer_id INTEGER NOT NULL, 
	person VARCHAR(64) NOT NULL, 
	helpful BOOLEAN NOT NULL, 
	given DATETIME NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (answer_id, person), 
	CONSTRAINT fk_feedback_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE
);
INSERT INTO "feedback" VALUES(1,'telegram:7',1,'2026-11-22 08:39:52.263086');
CREATE TABLE invites (
	code_hash VARCHAR(64) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	created DATETIME NOT NULL, 
	created_by VARCHAR(64), 
	expires DATETIME NOT NULL, 
	used DATETIME, 
	used_by VARCHAR(64), 
	CONSTRAINT pk_invites PRIMARY KEY (code_hash)
);
CREATE TABLE people (
	id VARCHAR(64) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	since DATETIME NOT NULL, 
	invited_by VARCHAR(64), 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
CREATE TABLE questions (
	id INTEGER NOT NULL, 
	person VARCHAR(64) NOT NULL, 
	place VARCHAR(96) NOT NULL, 
	origin VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	previous TEXT, 
	topic TEXT NOT NULL, 
	asked DATETIME NOT NULL, 
	closed BOOLEAN NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY (id), 
	CONSTRAINT uq_questions_place UNIQUE (place, origin)
);
INSERT INTO "questions" VALUES(1,'telegram:7','telegram:7/0','11','ai là trưởng thôn Hòa Bình?',NULL,'ai là trưởng thôn Hòa Bình?','2026-11-22 08:39:52.241260',0);
CREATE TABLE received (
	id INTEGER NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	payload TEXT, 
	received DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	finished DATETIME, 
	CONSTRAINT pk_received PRIMARY KEY (id), 
	CONSTRAINT uq_received_channel UNIQUE (channel, "key")
);
CREATE INDEX ix_questions_asked ON questions (asked);
CREATE INDEX ix_questions_person ON questions (person);
CREATE INDEX ix_received_finished ON received (finished);
CREATE INDEX ix_answers_question_id ON answers (question_id);
CREATE INDEX ix_answers_status ON answers (status);
CREATE INDEX ix_feedback_person ON feedback (person);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',1);
COMMIT;

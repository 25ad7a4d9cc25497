CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE run (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    program TEXT NOT NULL,
    rules TEXT NOT NULL,
    note TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
)
 STRICT;

CREATE TABLE judgement (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    batch TEXT NOT NULL,
    event TEXT NOT NULL,
    other TEXT NOT NULL,
    decision TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    undoes TEXT NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT decision_is_known CHECK (decision IN ('accepted', 'corrected', 'rejected', 'unsure', 'same', 'different', 'undecided', 'undo')),
    UNIQUE (id)
)
 STRICT;

CREATE INDEX judgement_other ON judgement (other);

CREATE INDEX judgement_event ON judgement (event);

CREATE INDEX judgement_batch ON judgement (batch);

CREATE TABLE happening (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT NOT NULL,
    reports INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    first_reported TEXT NOT NULL,
    last_reported TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX happening_contradictions ON happening (contradictions);

CREATE TABLE document (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    supersedes INTEGER,
    superseded INTEGER NOT NULL,
    origin TEXT NOT NULL,
    outlet TEXT,
    url TEXT,
    given TEXT,
    published TEXT NOT NULL,
    inferred INTEGER NOT NULL,
    publication TEXT NOT NULL,
    title TEXT NOT NULL,
    length INTEGER NOT NULL,
    text TEXT NOT NULL,
    unreported TEXT NOT NULL,
    coding TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT length_is_that_of_the_text CHECK (length = length(text)),
    UNIQUE (number, length),
    UNIQUE (id),
    FOREIGN KEY(supersedes) REFERENCES document (number),
    FOREIGN KEY(run) REFERENCES run (number)
)
 STRICT;

CREATE INDEX document_outlet ON document (outlet, published);

CREATE INDEX document_published ON document (published);

CREATE INDEX document_version ON document (version);

CREATE TABLE block (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    kind TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    repeats TEXT NOT NULL,
    PRIMARY KEY (document, position),
    CONSTRAINT block_is_inside_the_text CHECK (0 <= span_start AND span_start <= span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE quote (
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    via TEXT NOT NULL,
    addressee TEXT NOT NULL,
    normalized TEXT NOT NULL,
    glosses TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length)
)
 STRICT;

CREATE INDEX quote_speaker ON quote (speaker);

CREATE INDEX quote_document ON quote (document, span_start);

CREATE TABLE event (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT NOT NULL,
    contexts TEXT NOT NULL,
    status TEXT NOT NULL,
    symmetric INTEGER NOT NULL,
    date TEXT NOT NULL,
    date_first TEXT,
    date_last TEXT,
    day TEXT NOT NULL,
    time TEXT NOT NULL,
    place TEXT,
    place_name TEXT,
    place_en TEXT,
    place_country TEXT,
    place_within TEXT,
    lat REAL,
    lon REAL,
    place_precision TEXT,
    instrument TEXT NOT NULL,
    topic TEXT NOT NULL,
    confidence REAL NOT NULL,
    cameo TEXT NOT NULL,
    goldstein REAL,
    quad INTEGER,
    rule TEXT NOT NULL,
    gloss_en TEXT NOT NULL,
    gloss_ko TEXT NOT NULL,
    conflicts TEXT NOT NULL,
    happening TEXT,
    lead INTEGER NOT NULL,
    review TEXT NOT NULL,
    standing TEXT NOT NULL,
    machine TEXT,
    run INTEGER NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT review_is_known CHECK (review IN ('unreviewed', 'accepted', 'corrected', 'rejected', 'unsure')),
    CONSTRAINT standing_is_known CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    CONSTRAINT confidence_is_a_probability CHECK (confidence >= 0 AND confidence <= 1),
    CONSTRAINT date_is_in_order CHECK (date_first IS NULL OR date_first <= date_last),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES document (number),
    FOREIGN KEY(run) REFERENCES run (number)
)
 STRICT;

CREATE INDEX event_review ON event (review, confidence);

CREATE INDEX event_document ON event (document);

CREATE INDEX event_day ON event (day, number);

CREATE INDEX event_kind ON event (kind, day, number);

CREATE INDEX event_happening ON event (happening);

CREATE INDEX event_change ON event (change);

CREATE TABLE coder_event (
    coder TEXT NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    record TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (coder, id),
    FOREIGN KEY(document) REFERENCES document (number)
)
 STRICT;

CREATE INDEX coder_event_document ON coder_event (document, coder);

CREATE TABLE morphemes (
    document INTEGER NOT NULL,
    tokenizer TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES document (number)
)
 STRICT;

CREATE TABLE participant (
    event INTEGER NOT NULL,
    side TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    as_written TEXT NOT NULL,
    name_en TEXT NOT NULL,
    country TEXT NOT NULL,
    sector TEXT NOT NULL,
    office TEXT NOT NULL,
    role TEXT NOT NULL,
    rank INTEGER,
    PRIMARY KEY (event, side, position),
    CONSTRAINT side_is_known CHECK (side IN ('actor', 'recipient', 'other')),
    FOREIGN KEY(event) REFERENCES event (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX participant_country ON participant (country, event);

CREATE INDEX participant_entity ON participant (entity, event);

CREATE TABLE credit (
    event INTEGER NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (event, kind, position),
    CONSTRAINT kind_is_known CHECK (kind IN ('source', 'outlet')),
    FOREIGN KEY(event) REFERENCES event (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX credit_name ON credit (kind, name, event);

CREATE TABLE dyad (
    event INTEGER NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    PRIMARY KEY (event, first, second),
    CONSTRAINT dyad_is_in_order CHECK (first < second),
    FOREIGN KEY(event) REFERENCES event (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX dyad_states ON dyad (first, second, event);

CREATE TABLE event_place (
    event INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (event, position),
    FOREIGN KEY(event) REFERENCES event (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX event_place_name ON event_place (name, event);

CREATE TABLE evidence (
    event INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    field TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (event, position),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    FOREIGN KEY(event) REFERENCES event (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE mention (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    event INTEGER,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    block TEXT NOT NULL,
    weight REAL NOT NULL,
    rule TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    UNIQUE (document, id),
    FOREIGN KEY(event) REFERENCES event (number)
)
 STRICT;

CREATE INDEX mention_event ON mention (event);

CREATE TABLE telling (
    event INTEGER NOT NULL,
    id TEXT NOT NULL,
    component INTEGER NOT NULL,
    traits TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    published INTEGER NOT NULL,
    ahead INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (event),
    FOREIGN KEY(event) REFERENCES event (number),
    UNIQUE (id)
)
 STRICT;

CREATE INDEX telling_days ON telling (first, last);

CREATE INDEX telling_traits ON telling (traits);

CREATE INDEX telling_component ON telling (component);

CREATE INDEX telling_published ON telling (published);

CREATE TABLE claim (
    mention INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sources TEXT NOT NULL,
    PRIMARY KEY (mention, position),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    FOREIGN KEY(mention) REFERENCES mention (number)
)
 WITHOUT ROWID,
 STRICT;

CREATE VIEW evidence_words AS
        SELECT evidence.*, document.id AS document_id,
               substr(document.text, evidence.span_start + 1, evidence.span_end - evidence.span_start) AS words
        FROM evidence JOIN document ON document.number = evidence.document;

CREATE VIEW claim_words AS
        SELECT claim.*, substr(document.text, claim.span_start + 1, claim.span_end - claim.span_start) AS words
        FROM claim JOIN document ON document.number = claim.document;

CREATE VIEW quote_words AS
        SELECT quote.*, document.id AS document_id,
               substr(document.text, quote.span_start + 1, quote.span_end - quote.span_start) AS words
        FROM quote JOIN document ON document.number = quote.document;

CREATE VIEW block_words AS
        SELECT block.*, substr(document.text, block.span_start + 1, block.span_end - block.span_start) AS words
        FROM block JOIN document ON document.number = block.document;

CREATE VIEW event_line AS
        SELECT event.id, event.date, event.kind, event.status, event.place_name, event.gloss_ko, event.gloss_en, event.confidence,
               event.review, event.standing, event.happening, document.id AS document_id, document.title, document.outlet,
               document.published
        FROM event JOIN document ON document.number = event.document;

CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
       BEGIN SELECT RAISE(ABORT, 'judgements are added, never changed; add another one'); END;

CREATE TRIGGER judgement_remains BEFORE DELETE ON judgement
       BEGIN SELECT RAISE(ABORT, 'judgements are added, never deleted; add an undo'); END;

CREATE VIRTUAL TABLE search USING fts5(reading, reading_parts, wording, wording_parts,
       content='', tokenize="unicode61 remove_diacritics 0");

CREATE TABLE meta (
    key TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE run (
    number INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    program TEXT COLLATE "C" NOT NULL,
    rules TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    counts TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE TABLE judgement (
    number INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    batch TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    undoes TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT decision_is_known CHECK (decision IN ('accepted', 'corrected', 'rejected', 'unsure', 'same', 'different', 'undecided', 'undo')),
    UNIQUE (id)
);

CREATE INDEX judgement_other ON judgement (other);

CREATE INDEX judgement_event ON judgement (event);

CREATE INDEX judgement_batch ON judgement (batch);

CREATE TABLE happening (
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    date TEXT COLLATE "C" NOT NULL,
    reports INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    first_reported TEXT COLLATE "C" NOT NULL,
    last_reported TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX happening_contradictions ON happening (contradictions);

CREATE TABLE document (
    number INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    supersedes INTEGER,
    superseded INTEGER NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    outlet TEXT COLLATE "C",
    url TEXT COLLATE "C",
    given TEXT COLLATE "C",
    published TEXT COLLATE "C" NOT NULL,
    inferred INTEGER NOT NULL,
    publication TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    length INTEGER NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    unreported TEXT COLLATE "C" NOT NULL,
    coding TEXT COLLATE "C" NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT length_is_that_of_the_text CHECK (length = length(text)),
    UNIQUE (number, length),
    UNIQUE (id),
    FOREIGN KEY(supersedes) REFERENCES document (number),
    FOREIGN KEY(run) REFERENCES run (number)
);

CREATE INDEX document_outlet ON document (outlet, published);

CREATE INDEX document_published ON document (published);

CREATE INDEX document_version ON document (version);

CREATE TABLE block (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    repeats TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (document, position),
    CONSTRAINT block_is_inside_the_text CHECK (0 <= span_start AND span_start <= span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length)
);

CREATE TABLE quote (
    id TEXT COLLATE "C" NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    speaker TEXT COLLATE "C" NOT NULL,
    via TEXT COLLATE "C" NOT NULL,
    addressee TEXT COLLATE "C" NOT NULL,
    normalized TEXT COLLATE "C" NOT NULL,
    glosses TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length)
);

CREATE INDEX quote_speaker ON quote (speaker);

CREATE INDEX quote_document ON quote (document, span_start);

CREATE TABLE event (
    number INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    mode TEXT COLLATE "C" NOT NULL,
    contexts TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    "symmetric" INTEGER NOT NULL,
    date TEXT COLLATE "C" NOT NULL,
    date_first TEXT COLLATE "C",
    date_last TEXT COLLATE "C",
    day TEXT COLLATE "C" NOT NULL,
    time TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C",
    place_name TEXT COLLATE "C",
    place_en TEXT COLLATE "C",
    place_country TEXT COLLATE "C",
    place_within TEXT COLLATE "C",
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    place_precision TEXT COLLATE "C",
    instrument TEXT COLLATE "C" NOT NULL,
    topic TEXT COLLATE "C" NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    cameo TEXT COLLATE "C" NOT NULL,
    goldstein DOUBLE PRECISION,
    quad INTEGER,
    rule TEXT COLLATE "C" NOT NULL,
    gloss_en TEXT COLLATE "C" NOT NULL,
    gloss_ko TEXT COLLATE "C" NOT NULL,
    conflicts TEXT COLLATE "C" NOT NULL,
    happening TEXT COLLATE "C",
    lead INTEGER NOT NULL,
    review TEXT COLLATE "C" NOT NULL,
    standing TEXT COLLATE "C" NOT NULL,
    machine TEXT COLLATE "C",
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
);

CREATE INDEX event_review ON event (review, confidence);

CREATE INDEX event_document ON event (document);

CREATE INDEX event_day ON event (day, number);

CREATE INDEX event_kind ON event (kind, day, number);

CREATE INDEX event_happening ON event (happening);

CREATE INDEX event_change ON event (change);

CREATE TABLE coder_event (
    coder TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document INTEGER NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (coder, id),
    FOREIGN KEY(document) REFERENCES document (number)
);

CREATE INDEX coder_event_document ON coder_event (document, coder);

CREATE TABLE morphemes (
    document INTEGER NOT NULL,
    tokenizer TEXT COLLATE "C" NOT NULL,
    record BYTEA NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES document (number)
);

CREATE TABLE participant (
    event INTEGER NOT NULL,
    side TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    entity TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    as_written TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    sector TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    rank INTEGER,
    PRIMARY KEY (event, side, position),
    CONSTRAINT side_is_known CHECK (side IN ('actor', 'recipient', 'other')),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE INDEX participant_country ON participant (country, event);

CREATE INDEX participant_entity ON participant (entity, event);

CREATE TABLE credit (
    event INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, kind, position),
    CONSTRAINT kind_is_known CHECK (kind IN ('source', 'outlet')),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE INDEX credit_name ON credit (kind, name, event);

CREATE TABLE dyad (
    event INTEGER NOT NULL,
    first TEXT COLLATE "C" NOT NULL,
    second TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, first, second),
    CONSTRAINT dyad_is_in_order CHECK (first < second),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE INDEX dyad_states ON dyad (first, second, event);

CREATE TABLE event_place (
    event INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, position),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE INDEX event_place_name ON event_place (name, event);

CREATE TABLE evidence (
    event INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event, position),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE TABLE mention (
    number INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    event INTEGER,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    block TEXT COLLATE "C" NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    UNIQUE (document, id),
    FOREIGN KEY(event) REFERENCES event (number)
);

CREATE INDEX mention_event ON mention (event);

CREATE TABLE telling (
    event INTEGER NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    component INTEGER NOT NULL,
    traits TEXT COLLATE "C" NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    published INTEGER NOT NULL,
    ahead INTEGER NOT NULL,
    record BYTEA NOT NULL,
    PRIMARY KEY (event),
    FOREIGN KEY(event) REFERENCES event (number),
    UNIQUE (id)
);

CREATE INDEX telling_days ON telling (first, last);

CREATE INDEX telling_traits ON telling (traits);

CREATE INDEX telling_component ON telling (component);

CREATE INDEX telling_published ON telling (published);

CREATE TABLE claim (
    mention INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL,
    document_length INTEGER NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    sources TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (mention, position),
    CONSTRAINT span_is_inside_the_text CHECK (0 <= span_start AND span_start < span_end AND span_end <= document_length),
    FOREIGN KEY(document, document_length) REFERENCES document (number, length),
    FOREIGN KEY(mention) REFERENCES mention (number)
);

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

CREATE FUNCTION judgement_stays() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'judgements are added, never changed or deleted; add another one'; END$$;

CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON judgement FOR EACH ROW EXECUTE FUNCTION judgement_stays();

CREATE TABLE search (document integer PRIMARY KEY REFERENCES document (number), reading tsvector NOT NULL,
       reading_parts tsvector NOT NULL, wording tsvector NOT NULL, wording_parts tsvector NOT NULL);

CREATE INDEX search_reading ON search USING gin (reading);

CREATE INDEX search_reading_parts ON search USING gin (reading_parts);

CREATE INDEX search_wording ON search USING gin (wording);

CREATE INDEX search_wording_parts ON search USING gin (wording_parts);

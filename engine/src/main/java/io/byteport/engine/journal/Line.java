package io.byteport.engine.journal;

import io.byteport.engine.run.JournalEntry;

/**
 * An entry, and how it stands in the database.
 *
 * @param body without secrets
 */
record Line(JournalEntry entry, String body) {}

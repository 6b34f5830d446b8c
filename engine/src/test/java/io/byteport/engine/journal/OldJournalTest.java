package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals that earlier versions have written; the files are never changed. A new version of the
 * format adds a file.
 */
class OldJournalTest {
  private final JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);

  @ParameterizedTest
  @ValueSource(strings = {"format-1-resolved.jsonl", "format-1-escalated.jsonl"})
  void every_entry_of_an_old_journal_is_still_read(String file) throws IOException {
    List<JournalEntry> entries = entries(file);

    assertThat(entries.getFirst()).isInstanceOf(Event.Opened.class);
    assertThat(entries.getLast()).isInstanceOf(Note.Finished.class);
    assertThat(entries)
        .allSatisfy(entry -> assertThat(codec.read(codec.write(entry))).isEqualTo(entry));
  }

  @Test
  void what_an_old_version_did_not_keep_is_missing_and_not_invented() throws IOException {
    List<JournalEntry> entries = entries("format-1-resolved.jsonl");

    assertThat(entries)
        .filteredOn(Note.RuleJudged.class::isInstance)
        .hasSize(5)
        .allSatisfy(
            entry -> {
              assertThat(((Note.RuleJudged) entry).term()).isNull();
              assertThat(((Note.RuleJudged) entry).explanation()).isNotEmpty();
            });
    assertThat(entries)
        .filteredOn(Note.Classified.class::isInstance)
        .singleElement()
        .satisfies(entry -> assertThat(((Note.Classified) entry).needed()).isNull());
    assertThat(entries)
        .filteredOn(Note.GuardrailJudged.class::isInstance)
        .allSatisfy(entry -> assertThat(((Note.GuardrailJudged) entry).undecided()).isEmpty());
  }

  private List<JournalEntry> entries(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/journal/" + file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(codec::read)
          .toList();
    }
  }
}

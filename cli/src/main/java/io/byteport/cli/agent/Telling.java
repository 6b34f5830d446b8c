package io.byteport.cli.agent;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what a run does that an operator would want to find there. */
final class Telling implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.byteport.run");

  @Override
  public void entry(RunId run, JournalEntry entry) {
    switch (entry) {
      case Note.Classified classified ->
          LOG.info(
              "classified as {} ({}), {}: {}",
              classified.classId(),
              classified.confidence(),
              classified.severity(),
              classified.because());
      case Note.GuardrailJudged judged when !judged.allowed() ->
          LOG.info("{} refuses: {}", judged.guardrail(), judged.reason());
      case Note.Asked asked -> LOG.info("asks: {}", asked.question());
      case Event.ChangeIntended intended -> LOG.info("changes: {}", intended.command());
      case Note.Finished finished -> finished(finished.report());
      case Note note -> {}
      case Event event -> {}
    }
  }

  private static void finished(RunReport report) {
    LOG.info("{}: {}", report.result().word(), report.reason());
  }
}

package io.byteport.cli;

import io.byteport.engine.run.Driver;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of a run and asks whoever sits at the terminal what it asks meanwhile. The
 * timeline has shown the plan; here only the answer is asked for. What is typed is read by a thread
 * of its own, so that a run whose question has timed out ends without a key being pressed.
 */
final class Interview implements RunListener {
  private static final int POLL_MILLIS = 50;

  private final Terminal terminal;
  private final boolean canAsk;
  private final BlockingQueue<Note.Asked> questions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Typed> lines = new LinkedBlockingQueue<>();
  private boolean reading;

  /** What came of waiting for a line. */
  private sealed interface Typed {

    record Line(String text) implements Typed {}

    /** Standard input has ended. */
    record Nothing() implements Typed {}

    /** The run has ended before. */
    record TooLate() implements Typed {}
  }

  /**
   * @param canAsk whether somebody can answer at standard input
   */
  Interview(Terminal terminal, boolean canAsk) {
    this.terminal = terminal;
    this.canAsk = canAsk;
  }

  @Override
  public void entry(RunId run, JournalEntry entry) {
    if (entry instanceof Note.Asked asked) {
      questions.add(asked);
    }
  }

  /** The end of the run. */
  RunReport await(Driver driver, RunId run) throws InterruptedException {
    CompletableFuture<RunReport> done = driver.done(run).toCompletableFuture();
    while (!done.isDone()) {
      Note.Asked asked = questions.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (asked != null) {
        ask(driver, run, asked, done);
      }
    }
    return done.join();
  }

  private void ask(Driver driver, RunId run, Note.Asked asked, CompletableFuture<RunReport> done)
      throws InterruptedException {
    if (!canAsk) {
      nobody(run, asked);
      return;
    }
    terminal.err().print(asked.question() + " [y/N] ");
    terminal.err().flush();
    switch (line(done)) {
      case Typed.Line line -> answer(driver, run, asked, done, line.text().strip());
      case Typed.Nothing nothing -> {
        terminal.err().println();
        nobody(run, asked);
      }
      case Typed.TooLate tooLate -> {
        // there is nothing left to answer
      }
    }
  }

  private static void answer(
      Driver driver, RunId run, Note.Asked asked, CompletableFuture<RunReport> done, String word)
      throws InterruptedException {
    boolean yes = word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    Event.Approved answer =
        new Event.Approved(
            InstantSource.system().instant(),
            asked.guardrail(),
            yes,
            System.getProperty("user.name", "somebody"),
            asked.plan().hash(),
            yes ? null : "answered no at the terminal");
    // the question is told a moment before it can be answered
    while (!driver.answer(run, answer) && !done.isDone()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private void nobody(RunId run, Note.Asked asked) {
    terminal
        .err()
        .println(
            "byteport: run "
                + run
                + " asks for an approval and nobody can answer here; it calls a human at "
                + asked.until());
  }

  private Typed line(CompletableFuture<RunReport> done) throws InterruptedException {
    if (!reading) {
      reading = true;
      Thread.ofPlatform().daemon().name("byteport-answers").start(this::read);
    }
    while (!done.isDone()) {
      Typed typed = lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (typed != null) {
        return typed;
      }
    }
    return new Typed.TooLate();
  }

  private void read() {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(new Typed.Line(line));
      }
    } catch (IOException e) {
      terminal.err().println("byteport: standard input cannot be read: " + e.getMessage());
    }
    lines.add(new Typed.Nothing());
  }
}

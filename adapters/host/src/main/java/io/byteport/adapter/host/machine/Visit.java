package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one action does on one machine; all its commands share the time of the action. */
public final class Visit {
  /** How much of an answer is read that must be whole. */
  private static final int WHOLE = 16 * 1024 * 1024;

  private final Machine machine;
  private final Entry entry;
  private final ActionContext context;
  private final Deadline deadline;

  private Visit(Machine machine, Entry entry, ActionContext context) {
    this.machine = machine;
    this.entry = entry;
    this.context = context;
    this.deadline = Deadline.in(context.timeout());
  }

  /**
   * @throws ActionException if the inventory has no such machine
   */
  public static Visit to(Machines machines, Host host, ActionContext context)
      throws ActionException {
    return new Visit(machines.machine(host), machines.entry(host), context);
  }

  /** The machine as the inventory knows it. */
  public Entry entry() {
    return entry;
  }

  public ActionContext context() {
    return context;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** Runs a command in what is left of the time, whatever its status. */
  public Finished run(Command command) throws ActionException, InterruptedException {
    if (deadline.isOver()) {
      throw ActionException.refused(
          FailureKind.TIMEOUT, "no time is left to run `" + command.program() + "`");
    }
    return machine.run(command.within(deadline.remaining()));
  }

  /** Runs a program that is heard while it runs, whatever its status. */
  public Finished run(List<String> argv) throws ActionException, InterruptedException {
    return run(Command.of(argv).heardBy(context.progress()));
  }

  /** The same as {@link #run(List)}. */
  public Finished run(String... argv) throws ActionException, InterruptedException {
    return run(List.of(argv));
  }

  /**
   * All that a program prints, as text.
   *
   * @throws ActionException if its status is not 0
   */
  public String text(String... argv) throws ActionException, InterruptedException {
    return whole(Command.of(argv)).orFail().stdout().text();
  }

  /** A program whose whole output is kept, whatever its status. */
  public Finished whole(Command command) throws ActionException, InterruptedException {
    Finished finished = run(command.keeping(WHOLE));
    if (finished.stdout().isCut()) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "`" + command.program() + "` printed more than " + WHOLE + " bytes, too much to read");
    }
    return finished;
  }

  /** A script of the caller's with its data as arguments; its whole output is kept. */
  public Finished script(Script script, List<String> arguments)
      throws ActionException, InterruptedException {
    return whole(Command.script(script, arguments));
  }

  /** The same as {@link #script(Script, List)}. */
  public Finished script(Script script, String... arguments)
      throws ActionException, InterruptedException {
    return script(script, Arrays.asList(arguments));
  }

  /** The texts that end with NUL each. */
  public static List<String> nulSeparated(Output output) {
    List<String> texts = new ArrayList<>();
    byte[] bytes = output.bytes();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        texts.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return texts;
  }
}

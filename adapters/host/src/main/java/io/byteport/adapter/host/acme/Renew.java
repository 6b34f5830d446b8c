package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code acme.renew}: renews one certificate with the client that keeps it. Whether it took effect
 * is seen by the serial number on disk, never by what the client says.
 */
public final class Renew implements MachineChange.Deed<Renew.Input, Renew.Output> {
  private static final String SERIAL = "serial";
  private static final Script RUNNING =
      new Script("acme-running", "pgrep -x certbot || pgrep -f '/acme[.]sh --(renew|cron)'");

  private final Machines machines;

  private Renew(Machines machines) {
    this.machines = machines;
  }

  record Input(
      Host host,
      Client client,
      String certName,
      Challenge challenge,
      @Nullable DnsProvider dnsProvider,
      boolean force)
      implements OnHost {
    Order order() {
      return new Order(client, certName, challenge, dnsProvider, force);
    }
  }

  record Output(String output, String serial, Instant notAfter) {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "acme.renew", Input.class, Output.class, machines, new Renew(machines));
  }

  /** The entry of a machine for a command, an empty one where there is none. */
  static Inventory.Entry entry(Machines machines, Host host) {
    try {
      return machines.entry(host);
    } catch (ActionException unknown) {
      return Inventory.Entry.of("host", host.name(), Map.of());
    }
  }

  /**
   * The certificate as it is, if it can be renewed as ordered.
   *
   * @throws ActionException if not
   */
  static Lineage kept(Order order, Visit visit) throws ActionException, InterruptedException {
    AcmeProgram program = order.checked().client().program();
    Lineage lineage = program.lineage(order, visit);
    order.fits(lineage);
    program.able(order, lineage, visit);
    return lineage;
  }

  /** A command with the variables that it needs. */
  static List<String> pasteable(Map<String, String> environment, List<String> command) {
    List<String> words = new ArrayList<>();
    if (!environment.isEmpty()) {
      words.add("env");
      environment.forEach((name, value) -> words.add(name + "=" + value));
    }
    words.addAll(command);
    return words;
  }

  static Finished run(AcmeProgram program, List<String> argv, Visit visit)
      throws ActionException, InterruptedException {
    Command command = Command.of(argv).heardBy(visit.context().progress());
    for (Map.Entry<String, String> variable : program.environment(visit.entry()).entrySet()) {
      command = command.withVariable(variable.getKey(), variable.getValue());
    }
    return visit.run(command);
  }

  @Override
  public List<String> shown(Input input) {
    Inventory.Entry machine = entry(machines, input.host());
    AcmeProgram program = input.client().program();
    return pasteable(program.environment(machine), program.shownRenewal(input.order(), machine));
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public StructValue prepare(Input input, Visit visit)
      throws ActionException, InterruptedException {
    return StructValue.EMPTY.with(SERIAL, Value.of(kept(input.order(), visit).serial()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, Visit visit)
      throws ActionException, InterruptedException {
    Order order = input.order().checked();
    AcmeProgram program = input.client().program();
    Lineage before = program.lineage(order, visit);
    if (!isNoted(before, memo)) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          "`" + order.certName() + "` was renewed by somebody else meanwhile");
    }
    Finished finished = run(program, program.renewal(order, visit), visit);
    Lineage after = program.lineage(order, visit);
    boolean changed = !isNoted(after, memo);
    if (!finished.succeeded() && !program.isNotDue(finished.exitCode())) {
      throw AcmeFailure.of(
          finished, changed ? Effect.UNKNOWN : Effect.NONE, visit.context().clock().instant());
    }
    return new Changed<>(
        new Output(
            Said.end(AcmeFailure.all(finished)),
            after.serial(),
            after.certificate().getNotAfter().toInstant()),
        changed);
  }

  private static boolean isNoted(Lineage lineage, StructValue memo) {
    return Value.of(lineage.serial()).equals(memo.get(SERIAL));
  }

  /** A client that still runs may yet renew. */
  @Override
  public Probe probe(Input input, StructValue memo, Visit visit)
      throws ActionException, InterruptedException {
    Order order = input.order().checked();
    if (!isNoted(order.client().program().lineage(order, visit), memo)) {
      return Probe.TOOK_EFFECT;
    }
    return visit.script(RUNNING).succeeded() ? Probe.UNKNOWN : Probe.NOT_DONE;
  }
}

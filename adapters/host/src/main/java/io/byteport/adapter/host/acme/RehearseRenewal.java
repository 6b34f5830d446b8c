package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code acme.rehearse}: a whole renewal against the CA's staging environment. Challenge files or
 * DNS records come and go; the certificate in use stays.
 */
public final class RehearseRenewal
    implements MachineChange.Deed<RehearseRenewal.Input, RehearseRenewal.Output> {
  private final Machines machines;

  private RehearseRenewal(Machines machines) {
    this.machines = machines;
  }

  record Input(
      Host host,
      Client client,
      String certName,
      Challenge challenge,
      @Nullable DnsProvider dnsProvider)
      implements OnHost {
    Order order() {
      return new Order(client, certName, challenge, dnsProvider, false);
    }
  }

  record Output(String output) {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "acme.rehearse", Input.class, Output.class, machines, new RehearseRenewal(machines));
  }

  @Override
  public List<String> shown(Input input) {
    Inventory.Entry machine = Renew.entry(machines, input.host());
    AcmeProgram program = input.client().program();
    return Renew.pasteable(
        program.environment(machine), program.shownRehearsal(input.order(), machine));
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public StructValue prepare(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Renew.kept(input.order(), visit);
    return StructValue.EMPTY;
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, Visit visit)
      throws ActionException, InterruptedException {
    Order order = input.order();
    AcmeProgram program = input.client().program();
    Lineage lineage = Renew.kept(order, visit);
    Finished finished = Renew.run(program, program.rehearsal(order, lineage, visit), visit);
    if (!finished.succeeded() && !program.isNotDue(finished.exitCode())) {
      throw AcmeFailure.of(finished, Effect.NONE, visit.context().clock().instant());
    }
    return new Changed<>(new Output(Said.end(AcmeFailure.all(finished))), true);
  }

  /** Nothing stays that could be looked for; to do it again does no harm. */
  @Override
  public Probe probe(Input input, StructValue memo, Visit visit) {
    return Probe.NOT_DONE;
  }
}

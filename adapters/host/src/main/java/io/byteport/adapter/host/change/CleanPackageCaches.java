package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.read.WhichPrograms;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code host.cleanPackageCaches}: empties the caches of package managers. */
public final class CleanPackageCaches {
  /** Programs that keep what they fetched. */
  enum PackageManager {
    APT("apt-get", "clean"),
    YUM("yum", "clean", "all"),
    DNF("dnf", "clean", "all"),
    APK("apk", "cache", "clean"),
    ZYPPER("zypper", "--non-interactive", "clean", "--all"),
    PIP("pip", "cache", "purge"),
    NPM("npm", "cache", "clean", "--force");

    private final List<String> command;

    PackageManager(String... command) {
      this.command = List.of(command);
    }

    List<String> command() {
      return command;
    }
  }

  record Input(Host host, List<PackageManager> managers) implements OnHost {}

  record Output(List<PackageManager> cleaned) {}

  private CleanPackageCaches() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.cleanPackageCaches", Input.class, Output.class, machines, new Cleaning());
  }

  private static final class Cleaning implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.shell(
          String.join(
              "; ", input.managers().stream().map(each -> Shown.words(each.command())).toList()));
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with("managers", Value.of((double) present(input, visit).size()));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      List<PackageManager> cleaned = new ArrayList<>();
      @Nullable Finished failed = null;
      for (PackageManager manager : present(input, visit)) {
        Finished finished = visit.run(manager.command());
        if (finished.succeeded()) {
          cleaned.add(manager);
        } else {
          failed = finished;
        }
      }
      if (cleaned.isEmpty() && failed != null) {
        throw failed.failure(Effect.UNKNOWN);
      }
      return new Changed<>(new Output(cleaned), !cleaned.isEmpty());
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return Probe.NOT_DONE; // once more does no harm
    }

    private static List<PackageManager> present(Input input, Visit visit)
        throws ActionException, InterruptedException {
      List<String> names =
          input.managers().stream().map(each -> each.command().getFirst()).toList();
      List<String> found = WhichPrograms.among(names, visit);
      return input.managers().stream()
          .distinct()
          .filter(each -> found.contains(each.command().getFirst()))
          .toList();
    }
  }
}

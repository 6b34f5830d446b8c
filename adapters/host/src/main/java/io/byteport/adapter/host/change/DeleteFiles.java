package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code host.deleteFiles}: deletes old files, or old directories as a whole. */
public final class DeleteFiles {
  private static final String FILES = "files";

  private static final String PRINT = " -printf '%D:%i %n %b\\0'\n";

  private static final Script LIST =
      Sweep.SELECT.then("delete-list", "find . -xdev -mindepth 1 -type f \"$@\"" + PRINT);

  private static final Script DELETE =
      Sweep.SELECT.then("delete", "find . -xdev -mindepth 1 -type f \"$@\" -delete" + PRINT);

  /**
   * A directory right below the root goes as a whole if all in it is old, of this filesystem and
   * nothing but directories, files and links, and every file may be deleted; what comes into it
   * meanwhile stays.
   */
  private static final String DIRECTORIES =
      """
      find . -xdev -mindepth 1 -maxdepth 1 -type d ! -newermt "@$cutoff" -exec sh -c '
        each=$1 act=$2 cutoff=$3 inodes=$4; shift 4
        [ -z "$(find "$each" -printf "%i\\n" | grep -Fxe "$inodes")" ] || exit 0
        [ -z "$(find "$each" \\( -newermt "@$cutoff" -o ! -type d ! -type f ! -type l \\) -print -quit)" ] || exit 0
        [ "$(find "$each" -type d -printf "%D\\n" | sort -u | wc -l)" = 1 ] || exit 0
        [ "$(find "$each" -xdev -type f -printf x | wc -c)" = "$(find "$each" -xdev -type f "$@" -printf x | wc -c)" ] || exit 0
        if [ "$act" = list ]; then
          find "$each" -xdev -type f -printf "%D:%i %n %b\\\\0"
        else
          find "$each" -xdev -depth -type f "$@" -delete -printf "%D:%i %n %b\\\\0"
          find "$each" -xdev -depth \\( -type d -o -type l ! -newermt "@$cutoff" \\) -delete
        fi' sh {} ACT "$cutoff" "${inodes:-none}" "$@" \\;
      """;

  private static final Script LIST_DIRECTORIES =
      Sweep.SELECT.then("delete-list-directories", DIRECTORIES.replace("ACT", "list"));

  private static final Script DELETE_DIRECTORIES =
      Sweep.SELECT.then("delete-directories", DIRECTORIES.replace("ACT", "delete"));

  record Input(
      Host host,
      List<String> roots,
      Duration olderThan,
      @Nullable String onMount,
      @Nullable String named,
      boolean direct,
      boolean unread,
      boolean wholeDirectories)
      implements OnHost {}

  record Output(long files, DataSize freed) {}

  private DeleteFiles() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.deleteFiles", Input.class, Output.class, machines, new Deletion());
  }

  private static final class Deletion implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.shell(
          "find "
              + String.join(" ", input.roots().stream().map(Shown::word).toList())
              + " -xdev -mindepth 1"
              + (input.direct() ? " -maxdepth 1" : "")
              + " -type f"
              + (input.named() == null ? "" : " -name " + Shown.word(input.named()))
              + " -mmin +"
              + input.olderThan().toMinutes()
              + (input.unread() ? " -amin +" + input.olderThan().toMinutes() : "")
              + " -delete");
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Sweep.Total found = sweep(input, visit, input.wholeDirectories() ? LIST_DIRECTORIES : LIST);
      return StructValue.EMPTY.with(FILES, Value.of((double) found.files()));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Sweep.Total deleted =
          sweep(input, visit, input.wholeDirectories() ? DELETE_DIRECTORIES : DELETE);
      return new Changed<>(new Output(deleted.files(), deleted.freed()), deleted.files() > 0);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return sweep(input, visit, input.wholeDirectories() ? LIST_DIRECTORIES : LIST).files() == 0
          ? Probe.TOOK_EFFECT
          : Probe.NOT_DONE;
    }

    private static Sweep.Total sweep(Input input, Visit visit, Script script)
        throws ActionException, InterruptedException {
      return new Sweep(visit)
          .through(
              Roots.resolved(input.roots(), visit),
              new Sweep.Choice(
                  input.olderThan(),
                  new DataSize(-1),
                  input.onMount(),
                  input.named(),
                  input.direct(),
                  input.unread()),
              script);
    }
  }
}

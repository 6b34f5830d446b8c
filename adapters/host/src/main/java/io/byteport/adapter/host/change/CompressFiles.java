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

/** {@code host.compressFiles}: compresses large old files in place. */
public final class CompressFiles {
  private static final String FILES = "files";

  /** What compresses badly, and what only its owner may write: the journal. */
  private static final String COMPRESSIBLE =
      """
      for suffix in gz bz2 xz zst lz4 lzma zip Z 7z tgz br journal 'journal~'; do
        set -- "$@" ! -name "*.$suffix"
      done
      set -- "$@" -links 1
      """;

  private static final Script LIST =
      Sweep.SELECT.then(
          "compress-list",
          COMPRESSIBLE + "find . -xdev -mindepth 1 -type f \"$@\" -printf '%D:%i %n %b\\0'\n");

  /** gzip works in the directory itself, follows no link and overwrites nothing. */
  private static final Script COMPRESS =
      Sweep.SELECT.then(
          "compress",
          COMPRESSIBLE
              + """
              find . -xdev -mindepth 1 -type f "$@" -execdir sh -c '
                [ ! -e "$1.gz" ] && before=$(stat -c %b -- "$1") && gzip -- "$1" </dev/null && [ ! -e "$1" ] &&
                  printf " 0 %s\\\\0" "$((before - $(stat -c %b -- "$1.gz")))"' sh {} \\;
              """);

  record Input(
      Host host,
      List<String> roots,
      @Nullable DataSize largerThan,
      Duration olderThan,
      @Nullable String onMount)
      implements OnHost {}

  record Output(long files, DataSize freed) {}

  private CompressFiles() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.compressFiles", Input.class, Output.class, machines, new Compression());
  }

  private static final class Compression implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.shell(
          "find "
              + String.join(" ", input.roots().stream().map(Shown::word).toList())
              + " -xdev -type f"
              + (input.largerThan() == null ? "" : " -size +" + input.largerThan().bytes() + "c")
              + " -mmin +"
              + input.olderThan().toMinutes()
              + " ! -name '*.gz' -execdir gzip {} \\;");
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with(FILES, Value.of((double) sweep(input, visit, LIST).files()));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      Sweep.Total compressed = sweep(input, visit, COMPRESS);
      return new Changed<>(
          new Output(compressed.files(), compressed.freed()), compressed.files() > 0);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return sweep(input, visit, LIST).files() == 0 ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    }

    private static Sweep.Total sweep(Input input, Visit visit, Script script)
        throws ActionException, InterruptedException {
      return new Sweep(visit)
          .through(
              Roots.resolved(input.roots(), visit),
              new Sweep.Choice(
                  input.olderThan(),
                  input.largerThan() == null ? new DataSize(0) : input.largerThan(),
                  input.onMount(),
                  null,
                  false,
                  false),
              script);
    }
  }
}

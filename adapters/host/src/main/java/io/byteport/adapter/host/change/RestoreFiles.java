package io.byteport.adapter.host.change;

import io.byteport.adapter.host.action.MachineChange;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
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
import java.util.ArrayList;
import java.util.List;

/** {@code host.restoreFiles}: puts the files of a backup back where they were. */
public final class RestoreFiles {
  private static final Script HASH = new Script("hash", "sha256sum < \"$1\"");

  /** Arguments: backup, number, hash, mode, owner:group, directory, name. */
  private static final Script RESTORE =
      new Script(
          "restore",
          """
          set -e; umask 077
          cd -P -- "$6"; [ "$(pwd -P)" = "$6" ] || { printf '%s is no longer the same directory\\n' "$6" >&2; exit 9; }
          temporary=$(mktemp ./.restore.XXXXXX); trap 'rm -f -- "$temporary"' EXIT
          cat -- "$1/$2" > "$temporary"
          hash=$(sha256sum < "$temporary")
          [ "${hash%% *}" = "$3" ] || { printf 'the backup of %s is damaged\\n' "$7" >&2; exit 5; }
          [ "$(stat -c %u:%g -- "$temporary")" = "$5" ] || chown -- "$5" "$temporary"
          chmod -- "$4" "$temporary"
          sync
          mv -fT -- "$temporary" "./$7"; trap - EXIT
          """);

  /** Arguments: where the link leads, directory, name. */
  private static final Script TURN =
      new Script(
          "turn",
          """
          set -e; umask 077
          cd -P -- "$2"; [ "$(pwd -P)" = "$2" ] || { printf '%s is no longer the same directory\\n' "$2" >&2; exit 9; }
          temporary=$(mktemp -u ./.restore.XXXXXX); trap 'rm -f -- "$temporary"' EXIT
          ln -s -- "$1" "$temporary"
          mv -fT -- "$temporary" "./$3"; trap - EXIT
          """);

  private static final Script LEADS = new Script("leads", "[ \"$(readlink -- \"$1\")\" = \"$2\" ]");

  record Input(Host host, String backup) implements OnHost {}

  record Output(List<String> files) {}

  private RestoreFiles() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.restoreFiles", Input.class, Output.class, machines, new Restoring());
  }

  private static final class Restoring implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      return Shown.shell(
          "cp -p -- " + Shown.word(input.backup()) + "/[0-9]* back to where they were");
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      return StructValue.EMPTY.with("files", Value.of((double) entries(input, visit).size()));
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      List<String> restored = new ArrayList<>();
      for (BackupFiles.BackupEntry entry : entries(input, visit)) {
        Finished put = entry.isLink() ? turn(entry, visit) : restore(input, entry, visit);
        put.orFail(restored.isEmpty() ? Effect.NONE : Effect.UNKNOWN);
        restored.add(entry.path());
        visit.context().progress().says("restored " + entry.path());
      }
      return new Changed<>(new Output(restored), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      for (BackupFiles.BackupEntry entry : entries(input, visit)) {
        if (!isThere(entry, visit)) {
          return Probe.NOT_DONE;
        }
      }
      return Probe.TOOK_EFFECT;
    }

    private static Finished restore(Input input, BackupFiles.BackupEntry entry, Visit visit)
        throws ActionException, InterruptedException {
      return visit.script(
          RESTORE,
          input.backup(),
          entry.number(),
          entry.hash(),
          entry.mode(),
          entry.owner() + ":" + entry.group(),
          entry.folder(),
          entry.name());
    }

    private static Finished turn(BackupFiles.BackupEntry entry, Visit visit)
        throws ActionException, InterruptedException {
      return visit.script(TURN, entry.hash(), entry.folder(), entry.name());
    }

    private static boolean isThere(BackupFiles.BackupEntry entry, Visit visit)
        throws ActionException, InterruptedException {
      if (entry.isLink()) {
        return visit.script(LEADS, entry.path(), entry.hash()).succeeded();
      }
      Finished hash = visit.script(HASH, entry.path());
      return hash.succeeded() && hash.stdout().text().startsWith(entry.hash() + " ");
    }

    private static List<BackupFiles.BackupEntry> entries(Input input, Visit visit)
        throws ActionException, InterruptedException {
      String backup = MachineFiles.absolute(input.backup());
      Finished manifest = visit.script(BackupFiles.MANIFEST, backup).orFail();
      return BackupFiles.entries(Visit.nulSeparated(manifest.stdout()));
    }
  }
}

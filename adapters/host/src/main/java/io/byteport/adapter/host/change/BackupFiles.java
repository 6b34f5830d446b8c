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
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code host.backupFiles}: copies files into a new directory that only the agent can read. Of a
 * link both are kept, the file behind it and where it leads: what renews certificates adds files
 * and turns links.
 */
public final class BackupFiles {
  /**
   * Arguments: the root of backups, the name, files. Each file becomes a number; the manifest has,
   * ended by NUL each, a title and for each file number, hash, mode, owner, group and path; a link
   * has its word for a number, and where it leads for a hash. The directory has its name only when
   * the copies were read back.
   */
  private static final Script BACKUP =
      new Script(
          "backup",
          """
          set -e; umask 077
          cd -P -- "$1"; name=$2; shift 2
          [ ! -e "./$name" ] || { echo "$name exists already" >&2; exit 3; }
          part=$(mktemp -d ./.backup.XXXXXX); trap 'rm -rf -- "$part"' EXIT
          printf 'byteport backup 1\\0' > "$part/manifest"
          i=0
          for file in "$@"; do
            if [ -L "$file" ]; then
              printf 'link\\0%s\\0-\\0-\\0-\\0%s\\0' "$(readlink -- "$file")" "$file" >> "$part/manifest"
              continue
            fi
            i=$((i + 1))
            [ -f "$file" ] || { printf '%s is no file\\n' "$file" >&2; exit 4; }
            hash=$(sha256sum < "$file"); hash=${hash%% *}
            cp -p -- "$file" "$part/$i"
            copy=$(sha256sum < "$part/$i"); copy=${copy%% *}
            [ "$hash" = "$copy" ] || { printf '%s changed while it was copied\\n' "$file" >&2; exit 5; }
            printf '%s\\0%s\\0%s\\0%s\\0' "$i" "$hash" "$(stat -c %a -- "$file")" "$(stat -c %u -- "$file")" >> "$part/manifest"
            printf '%s\\0%s\\0' "$(stat -c %g -- "$file")" "$file" >> "$part/manifest"
            chmod 600 -- "$part/$i"
          done
          sync
          mv -T -- "$part" "./$name"; trap - EXIT
          """);

  /** Prints the manifest of a backup whose copies are whole, and which is nobody else's. */
  static final Script MANIFEST =
      new Script(
          "manifest",
          """
          cd -P -- "$1" 2>/dev/null || exit 3
          [ "$(stat -c '%u %a' -- .)" = "$(id -u) 700" ] || { printf '%s is no backup of this user\\n' "$1" >&2; exit 4; }
          [ "$(head -z -n 1 manifest 2>/dev/null | tr -d '\\0')" = 'byteport backup 1' ] || { printf '%s is no backup\\n' "$1" >&2; exit 4; }
          cat manifest
          """);

  /** A file in a backup, or a link, whose hash is where it leads. */
  record BackupEntry(
      String number, String hash, String mode, String owner, String group, String path) {
    boolean isLink() {
      return number.equals("link");
    }

    /** The directory that it is in. */
    String folder() {
      int slash = path.lastIndexOf('/');
      return slash == 0 ? "/" : path.substring(0, slash);
    }

    /** Its name in that directory. */
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  record Input(Host host, List<String> files, List<String> roots, String root, String as)
      implements OnHost {}

  record Output(String path) {}

  private BackupFiles() {}

  public static Action.Change<?, ?> on(Machines machines) {
    return new MachineChange<>(
        "host.backupFiles", Input.class, Output.class, machines, new Backup());
  }

  private static final class Backup implements MachineChange.Deed<Input, Output> {
    @Override
    public List<String> shown(Input input) {
      String into = Shown.word(input.root() + "/" + input.as());
      return Shown.shell(
          "install -d -m 0700 "
              + into
              + " && cp -p -- "
              + String.join(" ", input.files().stream().map(Shown::word).toList())
              + " "
              + into
              + "/");
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public StructValue prepare(Input input, Visit visit)
        throws ActionException, InterruptedException {
      checked(input, visit);
      return StructValue.EMPTY;
    }

    @Override
    public Changed<Output> change(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      if (isWhole(input, visit)) {
        return new Changed<>(new Output(path(input)), false);
      }
      List<String> arguments = new ArrayList<>(List.of(input.root(), input.as()));
      arguments.addAll(checked(input, visit));
      visit.script(BACKUP, arguments).orFail(Effect.NONE);
      return new Changed<>(new Output(path(input)), true);
    }

    @Override
    public Probe probe(Input input, StructValue memo, Visit visit)
        throws ActionException, InterruptedException {
      return isWhole(input, visit) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
    }

    private static String path(Input input) {
      return input.root().replaceAll("/+$", "") + "/" + input.as();
    }

    private static boolean isWhole(Input input, Visit visit)
        throws ActionException, InterruptedException {
      Finished manifest = visit.script(MANIFEST, path(input));
      if (!manifest.succeeded()) {
        return false;
      }
      List<String> backed =
          BackupFiles.entries(Visit.nulSeparated(manifest.stdout())).stream()
              .map(BackupEntry::path)
              .toList();
      return backed.equals(checked(input, visit));
    }

    /** The files as they are on the machine and the links to them, each within the roots. */
    private static List<String> checked(Input input, Visit visit)
        throws ActionException, InterruptedException {
      if (!input.as().matches("[A-Za-z0-9_*][A-Za-z0-9._*-]{0,199}")) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "expected one plain name for the backup, found `" + input.as() + "`");
      }
      MachineFiles.absolute(input.root());
      MachineFiles files = new MachineFiles(visit);
      List<String> roots = new ArrayList<>();
      for (String root : input.roots()) {
        if (files.status(root).isPresent()) {
          roots.add(files.real(root));
        }
      }
      List<String> checked = new ArrayList<>();
      for (String file : input.files()) {
        checked.add(within(roots, file, files.real(file), input));
        if (files
            .status(file)
            .filter(status -> status.kind().equals("symbolic link"))
            .isPresent()) {
          int slash = file.lastIndexOf('/');
          String folder = files.real(file.substring(0, slash + 1));
          checked.add(within(roots, file, folder + file.substring(slash), input));
        }
      }
      return checked;
    }

    private static String within(List<String> roots, String file, String real, Input input)
        throws ActionException {
      if (roots.stream().noneMatch(root -> Roots.isWithin(real, root))) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "`" + file + "` is " + real + ", which does not lie under " + input.roots());
      }
      return real;
    }
  }

  /** The entries of a manifest. */
  static List<BackupEntry> entries(List<String> manifest) {
    List<BackupEntry> entries = new ArrayList<>();
    for (int i = 1; i + 5 < manifest.size(); i += 6) {
      entries.add(
          new BackupEntry(
              manifest.get(i),
              manifest.get(i + 1),
              manifest.get(i + 2),
              manifest.get(i + 3),
              manifest.get(i + 4),
              manifest.get(i + 5)));
    }
    return entries;
  }
}

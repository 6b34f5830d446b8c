package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.FileSpec;
import io.byteport.sim.host.scenario.Scenario.MountSpec;
import io.byteport.sim.host.system.Inode.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that has a path. Mutable; guarded by the machine. */
public final class Files {
  private static final int MOST_LINKS = 40;
  private static final int FIRST_DEVICE = 2049;

  private final InstantSource clock;
  private final ChangeLog changes;
  private final List<Mount> mounts = new ArrayList<>();
  private final TreeMap<String, Inode> tree = new TreeMap<>();
  private long last = 100;

  Files(List<MountSpec> specs, InstantSource clock, ChangeLog changes) {
    this.clock = clock;
    this.changes = changes;
    for (MountSpec spec : specs) {
      mounts.add(new Mount(spec, FIRST_DEVICE + mounts.size()));
    }
    if (specs.stream().noneMatch(spec -> spec.path().equals("/"))) {
      throw new IllegalArgumentException("no filesystem is mounted at /");
    }
    mounts.forEach(mount -> directory(mount.path()));
  }

  /** At the time of the scenario, before anybody looks. */
  void add(FileSpec spec) {
    for (int i = 1; i <= spec.count(); i++) {
      String path = spec.path().replace("%d", Integer.toString(i));
      Inode inode = make(path, kind(spec));
      spec.text().ifPresent(text -> inode.holds(text.getBytes(StandardCharsets.UTF_8)));
      spec.link().ifPresent(target -> inode.holds(target.getBytes(StandardCharsets.UTF_8)));
      if (spec.text().isEmpty() && spec.link().isEmpty() && !spec.directory()) {
        inode.measures(spec.size(), spec.grows());
      }
      inode.compressesTo(spec.compressesTo());
      inode.owner(spec.owner());
      if (!spec.directory()) {
        inode.mode(spec.mode());
      }
      Duration age = spec.age().plus(spec.apart().multipliedBy(i - 1L));
      inode.wasModified(clock.instant().minus(age));
    }
  }

  private static Kind kind(FileSpec spec) {
    return spec.directory() ? Kind.DIRECTORY : spec.link().isPresent() ? Kind.LINK : Kind.FILE;
  }

  private Inode make(String path, Kind kind) {
    directory(parent(path));
    Inode inode = new Inode(++last, kind, mount(path).device(), clock.instant());
    tree.put(path, inode);
    return inode;
  }

  private void directory(String path) {
    if (!tree.containsKey(path)) {
      if (!path.equals("/")) {
        directory(parent(path));
      }
      Inode inode = new Inode(++last, Kind.DIRECTORY, mount(path).device(), clock.instant());
      inode.wasModified(Instant.EPOCH);
      tree.put(path, inode);
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  public List<Mount> mounts() {
    return List.copyOf(mounts);
  }

  /** The filesystem of a path, which need not be there. */
  public Mount mount(String path) {
    Mount found = mounts.getFirst();
    int longest = -1;
    for (Mount mount : mounts) {
      String prefix = mount.path().equals("/") ? "/" : mount.path() + "/";
      if ((path + "/").startsWith(prefix) && prefix.length() > longest) {
        found = mount;
        longest = prefix.length();
      }
    }
    return found;
  }

  /** What is there; a link is not followed. */
  public Optional<Inode> at(String path) {
    return Optional.ofNullable(tree.get(path));
  }

  /** The same, links followed, whatever is in the way. */
  public Inode behind(String path) throws NoSuchFile {
    String real = real(path);
    return at(real).orElseThrow(() -> new NoSuchFile(path));
  }

  /** A path without links and dots. */
  public String real(String path) throws NoSuchFile {
    return real(path, path, 0);
  }

  private String real(String path, String asked, int links) throws NoSuchFile {
    String found = "";
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      if (names[i].isEmpty() || names[i].equals(".")) {
        continue;
      }
      if (names[i].equals("..")) {
        found = found.isEmpty() ? "" : found.substring(0, found.lastIndexOf('/'));
        continue;
      }
      String next = found + "/" + names[i];
      Inode inode = tree.get(next);
      if (inode == null || links > MOST_LINKS) {
        throw new NoSuchFile(asked);
      }
      if (inode.kind() == Kind.LINK) {
        String target = inode.text(clock.instant());
        String rest = String.join("/", List.of(names).subList(i + 1, names.length));
        String whole = (target.startsWith("/") ? target : found + "/" + target) + "/" + rest;
        return real(whole, asked, links + 1);
      }
      found = next;
    }
    return found.isEmpty() ? "/" : found;
  }

  /** The paths below one, in their order, each directory before what is in it. */
  public List<String> below(String root) {
    String prefix = root.equals("/") ? "/" : root + "/";
    return tree.tailMap(prefix, false).keySet().stream()
        .takeWhile(path -> path.startsWith(prefix))
        .toList();
  }

  /** Writes a file, as a rename would put it there. */
  public Inode write(String path, byte[] bytes, String mode) {
    Optional<Inode> before = at(path);
    Inode inode = make(path, Kind.FILE);
    inode.holds(bytes);
    inode.mode(mode);
    before.ifPresent(old -> inode.owner(old.owner()));
    before.ifPresent(old -> old.isCalledOnceMore(-1));
    changes.add("wrote " + path + " (" + bytes.length + " bytes)");
    return inode;
  }

  /** Writes what is declared. */
  public void write(FileSpec spec) {
    add(spec);
    changes.add("wrote " + spec.path());
  }

  /** A file of some size whose bytes nobody knows. */
  public Inode write(String path, long size, Inode like) {
    Inode inode = make(path, Kind.FILE);
    inode.measures(size, 0);
    inode.mode(like.mode());
    inode.owner(like.owner());
    inode.wasModified(like.modifiedAt(clock.instant()));
    changes.add("wrote " + path + " (" + size + " bytes)");
    return inode;
  }

  /** Turns a link. */
  public void link(String path, String target) {
    make(path, Kind.LINK).holds(target.getBytes(StandardCharsets.UTF_8));
    changes.add("linked " + path + " to " + target);
  }

  /** Makes a directory. */
  public Inode directory(String path, String mode) {
    Inode made = make(path, Kind.DIRECTORY);
    made.mode(mode);
    changes.add("made " + path);
    return made;
  }

  /** Takes a name away; of a directory that of all that is in it. */
  public void delete(String path) {
    for (String below : below(path).reversed()) {
      delete(below);
    }
    Inode gone = tree.remove(path);
    if (gone != null) {
      gone.isCalledOnceMore(-1);
      changes.add(
          String.format(
              Locale.ROOT, "deleted %s (%d bytes)", path, gone.blocks(clock.instant()) * 512));
    }
  }

  /** Renames a file over whatever was there. */
  public void move(String from, String to) {
    Inode moved = tree.remove(from);
    if (moved != null) {
      Inode replaced = tree.put(to, moved);
      if (replaced != null) {
        replaced.isCalledOnceMore(-1);
      }
      changes.add("moved " + from + " to " + to);
    }
  }

  /** Bytes used on a filesystem, those of files without a name that are still open among them. */
  public long used(Mount mount, Collection<Inode> held) {
    long bytes = mount.spec().other();
    for (Inode inode : inodes(mount, held)) {
      bytes += inode.blocks(clock.instant()) * 512;
    }
    return bytes;
  }

  /** Inodes used on a filesystem. */
  public long inodesUsed(Mount mount, Collection<Inode> held) {
    return mount.spec().otherInodes() + inodes(mount, held).size();
  }

  private Set<Inode> inodes(Mount mount, Collection<Inode> held) {
    Set<Inode> inodes = new LinkedHashSet<>(tree.values());
    inodes.addAll(held);
    inodes.removeIf(inode -> inode.device() != mount.device());
    return inodes;
  }
}

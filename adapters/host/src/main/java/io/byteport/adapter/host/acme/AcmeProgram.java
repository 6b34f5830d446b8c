package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import java.util.List;
import java.util.Map;

/** An ACME client as a program: its commands, its files and its exit statuses. */
sealed interface AcmeProgram permits Certbot, AcmeSh {

  /** What its environment has beside the usual; no I/O. */
  Map<String, String> environment(Inventory.Entry machine);

  /** The command that renews, for a person to read; no I/O. */
  List<String> shownRenewal(Order order, Inventory.Entry machine);

  /** The command that renews. */
  List<String> renewal(Order order, Visit visit) throws ActionException, InterruptedException;

  /** The command of a rehearsal for a person to read; no I/O. */
  List<String> shownRehearsal(Order order, Inventory.Entry machine);

  /**
   * The command that goes through a whole renewal against the staging environment and leaves the
   * certificate alone.
   *
   * @throws ActionException if this certificate cannot be rehearsed
   */
  List<String> rehearsal(Order order, Lineage lineage, Visit visit)
      throws ActionException, InterruptedException;

  /**
   * The certificate as it is on disk.
   *
   * @throws ActionException NOT_FOUND if this client keeps none of that name
   */
  Lineage lineage(Order order, Visit visit) throws ActionException, InterruptedException;

  /**
   * @throws ActionException if the client could not answer the challenge
   */
  void able(Order order, Lineage lineage, Visit visit) throws ActionException, InterruptedException;

  /** Whether a status says that nothing was due. */
  boolean isNotDue(int exitCode);

  /** The name of the file with what the client said last, for a person to read; no I/O. */
  String shownLog(Inventory.Entry machine);

  /** The names of files with what the client said in its last runs, newest first. */
  List<String> logs(Visit visit) throws ActionException, InterruptedException;
}

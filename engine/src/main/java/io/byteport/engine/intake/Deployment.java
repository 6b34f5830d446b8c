package io.byteport.engine.intake;

import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Policy;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import java.util.Collection;

/** What may be started, as it holds now. Asked anew for every alert; safe for several threads. */
public interface Deployment {

  Router router();

  /** Each runbook once. */
  Collection<EnabledRunbook> runbooks();

  Mode mode();

  /** How far a run may go on its own. */
  Policy policy(Routing.Chosen chosen, Signal signal);
}

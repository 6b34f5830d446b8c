package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.run.Mode;
import io.byteport.engine.signal.Router;
import io.byteport.engine.spi.Inventory;

/**
 * What holds for runs that are opened now: one configuration with all that follows from it.
 * Immutable.
 *
 * @param secrets is replaced only where connections change
 */
record Settings(
    AgentConfiguration configuration,
    Secrets secrets,
    Inventory inventory,
    RunbookSet runbooks,
    Router router,
    AgentPolicy policy,
    Mode mode) {}

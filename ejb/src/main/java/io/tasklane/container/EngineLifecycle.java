package io.tasklane.container;

import io.tasklane.api.LogContext;
import io.tasklane.config.ArtifactsConfig;
import io.tasklane.config.NodeConfig;
import io.tasklane.config.QueuesConfig;
import io.tasklane.config.RetentionConfig;
import io.tasklane.config.Settings;
import io.tasklane.database.Database;
import io.tasklane.database.DatabaseConnector;
import io.tasklane.database.Schema;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineComponents;
import io.tasklane.state.HandlerState;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.trading.TradingHandlers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts and stops the engine with the application; its EJB timers are the engine's ticks. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class EngineLifecycle {
  /**
   * Exit code of a node that a handler keeps from ending; "internal software error" of sysexits.
   */
  private static final int STUCK = 70;

  @Resource private ManagedThreadFactory threads;
  @Inject @Any private Instance<TaskHandler> beans;
  @EJB private DependencyResolver resolver;
  @Inject private Clock clock;
  @Inject private RandomGenerator random;
  private Database database;
  private Engine engine;

  /** The running engine. */
  public Engine engine() {
    return engine;
  }

  @PostConstruct
  void start() {
    LogContext.offer();
    Config config = ConfigProvider.getConfig();
    Settings settings = new Settings(key -> config.getOptionalValue(key, String.class));
    NodeConfig node = NodeConfig.from(settings);
    StartPhase phase = StartPhase.from(settings);
    phase.is("connecting to the database");
    database = DatabaseConnector.connect(node);
    phase.is("checking the schema of the database");
    Schema.migrate(database);
    phase.is("starting queues and handlers");
    engine =
        new Engine(
            new EngineComponents(
                database,
                node,
                ArtifactsConfig.from(settings, node.dataDir()),
                QueuesConfig.from(settings),
                RetentionConfig.from(settings),
                handlers(settings),
                resolver,
                clock,
                random,
                threads,
                () -> Runtime.getRuntime().halt(STUCK)));
  }

  /**
   * The built-in handlers, those of the trading queues, and every handler bean of the application.
   */
  private List<TaskHandler> handlers(Settings settings) {
    List<TaskHandler> handlers = new ArrayList<>(SystemTypes.all());
    handlers.addAll(
        TradingHandlers.all(
            TradingSettings.from(settings),
            new StoredTradingState(new HandlerState(database)),
            clock));
    beans.forEach(handlers::add);
    return handlers;
  }

  /**
   * Guarantees that everything due is done: what is due is a row, and the timer only looks. A
   * container drops a timer whose method fails twice, so an unreachable database must not throw
   * here: the engine's health reports it.
   */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    engine.tick();
  }

  @Schedule(hour = "*", persistent = false)
  void keepPartitions() {
    engine.keepPartitionsAhead();
  }

  /**
   * Checks often whether the daily clean-up is due, because a node that was off may have missed it.
   */
  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void cleanUp() {
    engine.cleanUp();
  }

  @PreDestroy
  void stop() {
    if (engine != null) {
      engine.close();
    }
    if (database != null) {
      DatabaseConnector.disconnect(database);
    }
    LogContext.withdraw();
  }
}

package io.tasklane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.tasklane.architecture.fixture.bench.load.BenchThatLinksTheServer;
import io.tasklane.architecture.fixture.cli.task.CommandThatKnowsTheCore;
import io.tasklane.architecture.fixture.clients__java.client.ClientThatKnowsTheCore;
import io.tasklane.architecture.fixture.core.egg.Egg;
import io.tasklane.architecture.fixture.core.task.RuleThatKnowsTrading;
import io.tasklane.architecture.fixture.ejb.task.BeanThatKnowsTheWire;
import io.tasklane.architecture.fixture.engine.task.CommandThatKnowsTheBeans;
import io.tasklane.architecture.fixture.grpc_api.task.ServiceThatReadsRows;
import io.tasklane.architecture.fixture.launcher.start.LauncherThatKnowsTheCore;
import io.tasklane.architecture.fixture.trading.news.HandlerThatKnowsTheServer;
import io.tasklane.architecture.fixture.web.page.PageThatReadsRows;
import java.util.List;

/** Who of us may see whom. */
final class Directions {
  private static final DescribedPredicate<JavaClass> WHAT_EDGES_MAY_CALL =
      Home.in("engine").and(Home.inFeature("api").or(Home.aService()));

  static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              sees("core", Home.in("core"))
                  .because(
                      "the rules are plain and know nobody: let the caller gather the facts and"
                          + " pass them in"),
              RuleThatKnowsTrading.class),
          HouseRule.of(
              sees("trading", Home.in("trading", "core"))
                  .because(
                      "handlers know what a Run gives them: ask for what is missing through an"
                          + " interface of trading that ejb implements"),
              HandlerThatKnowsTheServer.class),
          HouseRule.of(
              sees("engine", Home.in("engine", "core"))
                  .because(
                      "the engine is plain Java on core: the container's part of it is in ejb, the"
                          + " wire's in grpc-api"),
              CommandThatKnowsTheBeans.class),
          HouseRule.of(
              sees("ejb", Home.in("ejb", "engine", "core", "trading"))
                  .because(
                      "the application speaks core's types: translate to and from the wire in"
                          + " grpc-api"),
              BeanThatKnowsTheWire.class),
          HouseRule.of(
              sees("grpc-api", Home.in("grpc-api", "proto", "core").or(WHAT_EDGES_MAY_CALL))
                  .because(
                      "an edge calls a ...Service of the engine and nothing behind it: give the service"
                          + " a method that says what the edge wants"),
              ServiceThatReadsRows.class),
          HouseRule.of(
              sees("web", Home.in("web", "grpc-api", "proto", "core").or(WHAT_EDGES_MAY_CALL))
                  .because(
                      "an edge calls a ...Service of the engine and nothing behind it; what it sends is"
                          + " mapped in grpc-api, so that REST carries the same messages"),
              PageThatReadsRows.class),
          HouseRule.of(
              sees("cli", Home.in("cli", "proto"))
                  .because("the command is a client like any other: it learns all over gRPC"),
              CommandThatKnowsTheCore.class),
          HouseRule.of(
              sees("clients/java", Home.in("clients/java", "proto"))
                  .because("a client needs no server: it knows the contract and nothing else"),
              ClientThatKnowsTheCore.class),
          HouseRule.of(
              sees("launcher", Home.in("launcher"))
                  .because(
                      "the launcher only starts processes: pass settings as arguments, and ask the"
                          + " server over its ports"),
              LauncherThatKnowsTheCore.class),
          HouseRule.of(
              sees("bench", Home.in("bench", "proto", "core"))
                  .because(
                      "what is measured is measured from outside, over gRPC; only core may be"
                          + " called directly"),
              BenchThatLinksTheServer.class),
          HouseRule.of(
              slices()
                  .assignedFrom(new PackagesOfModules())
                  .should()
                  .beFreeOfCycles()
                  .because(
                      "features that need each other are one: move what both need to the lower one,"
                          + " or let the upper one pass it in"),
              Egg.class));

  private Directions() {}

  private static ArchRule sees(String module, DescribedPredicate<JavaClass> allowed) {
    return noClasses()
        .that(Home.in(module))
        .should()
        .dependOnClassesThat(Home.ours().and(not(allowed)));
  }

  /** Packages of one module; those of different modules are kept apart by the directions above. */
  private static final class PackagesOfModules implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return Home.of(type)
          .filter(home -> !home.module().equals("proto"))
          .map(home -> SliceIdentifier.of(home.module(), home.path()))
          .orElse(SliceIdentifier.ignore());
    }

    @Override
    public String getDescription() {
      return "packages of every module";
    }
  }
}

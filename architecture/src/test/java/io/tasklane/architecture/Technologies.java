package io.tasklane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.tasklane.architecture.fixture.core.task.RuleThatEvaluates;
import io.tasklane.architecture.fixture.core.task.RuleThatIsInjected;
import io.tasklane.architecture.fixture.ejb.app.DeskWithoutPublicConstructor;
import io.tasklane.architecture.fixture.ejb.task.BeanThatReadsWithGson;
import io.tasklane.architecture.fixture.ejb.task.BeanThatSpeaksGrpc;
import io.tasklane.architecture.fixture.ejb.task.BeanThatWritesRows;
import io.tasklane.architecture.fixture.engine.service.ServiceThatReadsRows;
import io.tasklane.architecture.fixture.engine.task.CommandThatIsInjected;
import io.tasklane.architecture.fixture.grpc_api.task.ServiceThatIsABean;
import io.tasklane.architecture.fixture.grpc_api.task.ServiceThatSpeaksJms;
import io.tasklane.architecture.fixture.trading.news.HandlerThatIsABean;
import io.tasklane.architecture.fixture.trading.news.HandlerThatReadsWithJackson;
import java.util.List;

/** Which technology may be seen where. */
final class Technologies {
  private static final DescribedPredicate<JavaClass> SESSION_BEAN =
      describe(
          "an EJB",
          type ->
              List.of("Stateless", "Stateful", "Singleton", "MessageDriven").stream()
                  .anyMatch(bean -> type.isAnnotatedWith("jakarta.ejb." + bean)));

  private static final DescribedPredicate<JavaClass> STARTS_WITH_THE_SERVER =
      describe("started with the server", type -> type.isAnnotatedWith("jakarta.ejb.Startup"));

  private static final DescribedPredicate<JavaClass> CONSTRUCTED_WITHOUT_ANYTHING =
      describe(
          "constructed by a public constructor without parameters",
          type ->
              type.tryGetConstructor()
                  .filter(made -> made.getModifiers().contains(JavaModifier.PUBLIC))
                  .isPresent());

  private static final DescribedPredicate<JavaClass> JDBC =
      resideInAnyPackage("java.sql..", "javax.sql..").and(not(name("java.sql.SQLException")));

  static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              noClasses()
                  .that(Home.in("core"))
                  .should()
                  .dependOnClassesThat(
                      not(Home.ours())
                          .and(
                              not(
                                  resideInAnyPackage(
                                      "java..", "dev.cel..", "com.google.common.collect..")))
                          .and(notPrimitive()))
                  .because(
                      "core is plain Java: name a library it really needs in core's POM, in"
                          + " docs/adr and here"),
              RuleThatIsInjected.class),
          // Guava's collections are in CEL's own signatures.
          HouseRule.of(
              noClasses()
                  .that(Home.ours().and(not(Home.in("core").and(Home.inFeature("condition")))))
                  .should()
                  .dependOnClassesThat(resideInAPackage("dev.cel.."))
                  .because(
                      "one place turns JSON into the types of CEL, and bounds what users write:"
                          + " compile with Expressions of core"),
              RuleThatEvaluates.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("trading"))
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage(
                          "jakarta.ejb..",
                          "jakarta.jms..",
                          "jakarta.persistence..",
                          "jakarta.inject..",
                          "jakarta.enterprise..",
                          "jakarta.transaction..",
                          "jakarta.ws..",
                          "io.grpc..",
                          "com.google.protobuf.."))
                  .because("handlers are plain Java on core: ejb wires them and carries them"),
              HandlerThatIsABean.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("ejb"))
                  .should()
                  .dependOnClassesThat(resideInAnyPackage("io.grpc..", "com.google.protobuf.."))
                  .because("the application does not know its edges: answer with core's types"),
              BeanThatSpeaksGrpc.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("grpc-api", "web"))
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage(
                          "jakarta.persistence..",
                          "jakarta.jms..",
                          "org.apache.activemq..",
                          "org.postgresql.."))
                  .because(
                      "an edge keeps nothing and sends nothing: call a ...Service of the engine"),
              ServiceThatSpeaksJms.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("engine"))
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage(
                          "jakarta.ejb..",
                          "jakarta.inject..",
                          "jakarta.enterprise..",
                          "jakarta.transaction..",
                          "jakarta.ws..",
                          "io.grpc..",
                          "com.google.protobuf.."))
                  .because("the engine is plain Java: beans that start and call it are in ejb"),
              CommandThatIsInjected.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("core", "trading", "ejb", "grpc-api", "web"))
                  .should()
                  .dependOnClassesThat(JDBC)
                  .because(
                      "only the engine writes rows, in one command with their events: write a"
                          + " command there"),
              BeanThatWritesRows.class),
          HouseRule.of(
              noClasses()
                  .that(
                      Home.in("engine")
                          .and(
                              Home.inFeature("api")
                                  .or(Home.inFeature("service"))
                                  .or(Home.aService())
                                  .or(Home.inFeature("signal"))
                                  .or(Home.inFeature("config"))))
                  .should()
                  .dependOnClassesThat(JDBC)
                  .because(
                      "what calls and what is called for reads no rows: ask a reader for them"),
              ServiceThatReadsRows.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("core", "trading", "ejb", "grpc-api", "web", "launcher"))
                  .should()
                  .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
                  .because(
                      "the server's JSON is jakarta.json: only the engine sees Jackson, to read what users"
                          + " hand in, because JSON Schemas are checked on its tree"),
              HandlerThatReadsWithJackson.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in("core", "trading", "engine", "ejb", "grpc-api", "web", "launcher"))
                  .should()
                  .dependOnClassesThat(resideInAPackage("com.google.gson.."))
                  .because(
                      "the server's JSON is jakarta.json: Gson is protobuf's own, and the"
                          + " command's"),
              BeanThatReadsWithGson.class),
          HouseRule.of(
              classes()
                  .that(SESSION_BEAN)
                  .should(
                      be(
                          Home.in("ejb")
                              .or(
                                  Home.in("grpc-api", "web")
                                      .and(STARTS_WITH_THE_SERVER)
                                      .as("of an edge and started with the server"))))
                  .because(
                      "the application's beans are in ejb; an edge has one only to open and close"
                          + " its port"),
              ServiceThatIsABean.class),
          HouseRule.of(
              classes()
                  .that(SESSION_BEAN)
                  .should(be(CONSTRUCTED_WITHOUT_ANYTHING))
                  .because(
                      "the container makes its proxy with any other public constructor and nulls:"
                          + " give the bean a public constructor without parameters"),
              DeskWithoutPublicConstructor.class));

  private Technologies() {}

  private static DescribedPredicate<JavaClass> notPrimitive() {
    return describe("not primitive", type -> !type.getBaseComponentType().isPrimitive());
  }
}

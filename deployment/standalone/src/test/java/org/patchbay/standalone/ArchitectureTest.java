package org.patchbay.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. The modules' poms say it for modules; this says it for packages. */
@AnalyzeClasses(packages = "org.patchbay", importOptions = ArchitectureTest.OnlyMain.class)
class ArchitectureTest {

    private static final String PROTOCOL = "org.patchbay.protocol..";
    private static final String MAPPER_API = "org.patchbay.mapper..";
    private static final String MODEL = "org.patchbay.connectivity.model..";
    private static final String CLUSTER = "org.patchbay.cluster..";
    private static final String THINGS = "org.patchbay.things..";
    private static final String GATEWAY = "org.patchbay.gateway..";
    private static final String ENDPOINT = "org.patchbay.connectivity.transport.endpoint..";
    private static final String SIGNING = "org.patchbay.connectivity.transport.signing..";
    private static final String TOP = "org.patchbay.standalone..";

    private static final DescribedPredicate<JavaClass> CONNECTIVITY =
            resideInAPackage("org.patchbay.connectivity..")
                    .and(DescribedPredicate.not(resideInAPackage(MODEL)))
                    .as("the connectivity service");

    @ArchTest
    static final ArchRule protocol_knows_nothing_of_ours =
            noClasses()
                    .that()
                    .resideInAPackage(PROTOCOL)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.patchbay..")
                                    .and(DescribedPredicate.not(resideInAPackage(PROTOCOL))));

    @ArchTest
    static final ArchRule the_api_of_mappers_knows_the_protocol_only =
            noClasses()
                    .that()
                    .resideInAPackage(MAPPER_API)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.patchbay..")
                                    .and(
                                            DescribedPredicate.not(
                                                    resideInAnyPackage(PROTOCOL, MAPPER_API))));

    @ArchTest
    static final ArchRule model_knows_the_protocol_only =
            noClasses()
                    .that()
                    .resideInAPackage(MODEL)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.patchbay..")
                                    .and(
                                            DescribedPredicate.not(
                                                    resideInAnyPackage(PROTOCOL, MODEL))));

    @ArchTest
    static final ArchRule protocol_mappers_and_model_know_no_actors_and_no_configuration =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            PROTOCOL,
                            MAPPER_API,
                            MODEL,
                            "org.patchbay.connectivity.mapping.mappers..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.pekko..", "com.typesafe..", "scala..");

    @ArchTest
    static final ArchRule services_meet_on_the_bus_and_nowhere_else =
            noClasses()
                    .that(CONNECTIVITY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(THINGS, GATEWAY, TOP);

    @ArchTest
    static final ArchRule things_know_no_connections =
            noClasses()
                    .that()
                    .resideInAPackage(THINGS)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("org.patchbay.connectivity..", GATEWAY, TOP));

    @ArchTest
    static final ArchRule cluster_knows_no_service =
            noClasses()
                    .that()
                    .resideInAPackage(CLUSTER)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    THINGS, "org.patchbay.connectivity..", GATEWAY, TOP));

    @ArchTest
    static final ArchRule gateway_asks_services_but_does_not_know_them =
            noClasses()
                    .that()
                    .resideInAPackage(GATEWAY)
                    .should()
                    .dependOnClassesThat(CONNECTIVITY.or(resideInAnyPackage(THINGS, TOP)));

    @ArchTest
    static final ArchRule only_the_program_knows_the_gateway =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(GATEWAY, TOP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(GATEWAY);

    @ArchTest
    static final ArchRule transports_do_not_know_each_other =
            slices().matching("org.patchbay.connectivity.transport.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(), resideInAnyPackage(ENDPOINT, SIGNING))
                    .allowEmptyShould(true);

    /**
     * The folders of a module. Its top package wires them and holds what they share; a folder's own
     * folders (one for each transport, the JavaScript engine) belong to it, with the table that
     * lists them.
     */
    @ArchTest
    static final ArchRule folders_have_no_cycles =
            slices().matching("org.patchbay.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            classes()
                    .should()
                    .haveNameNotMatching(
                            ".*[.$]((Abstract|Base|Default|Immutable)[A-Z]\\w*"
                                    + "|\\w*(Impl|Utils?|Helper|Manager))")
                    .because("such a name says how a class is made, or nothing");

    /** Leaves out the tests, also where they come as the test jar of a module. */
    static final class OnlyMain implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}

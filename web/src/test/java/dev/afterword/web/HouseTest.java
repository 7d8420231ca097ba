package dev.afterword.web;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What holds for the house as a whole: who may import whom, how classes are named, and where reactive chains may end. */
@AnalyzeClasses(
        packages = "dev.afterword",
        importOptions = {DoNotIncludeTests.class, HouseTest.NoTestJar.class})
class HouseTest {
    /** Leaves out what db gives the tests of all modules, which is a jar where the whole project is built. */
    static final class NoTestJar implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** The few places that end a chain: each says in its Javadoc why. */
    private static final Set<String> MAY_SUBSCRIBE = Set.of(
            "dev.afterword.db.Transactions",
            "dev.afterword.db.response.AnswerWriter",
            "dev.afterword.db.response.hit.HitQueue",
            "dev.afterword.worker.Loop",
            "dev.afterword.worker.endpoint.InFlight",
            "dev.afterword.worker.message.Ledger",
            "dev.afterword.web.AtStart");

    private static final Set<String> ENDINGS = Set.of(
            "block",
            "blockOptional",
            "blockFirst",
            "blockLast",
            "subscribe",
            "toIterable",
            "toStream",
            "toFuture",
            "subscribeWith");

    @ArchTest
    static final ArchRule dbImportsNoEdge = noClasses()
            .that()
            .resideInAPackage("dev.afterword.db..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.afterword.api..", "dev.afterword.worker..", "dev.afterword.web.."));

    @ArchTest
    static final ArchRule edgesDoNotImportEachOther = slices().matching("dev.afterword.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage("dev.afterword.."), resideInAnyPackage("dev.afterword.db.."));

    @ArchTest
    static final ArchRule featuresOfTheApiDoNotImportEachOther = featuresStandAlone("api");

    @ArchTest
    static final ArchRule featuresOfTheWorkerDoNotImportEachOther = featuresStandAlone("worker");

    @ArchTest
    static final ArchRule featuresOfTheWebDoNotImportEachOther = featuresStandAlone("web");

    @ArchTest
    static final ArchRule chainsEndOnlyWhereTheyMay = noClasses()
            .that(describe("are not " + MAY_SUBSCRIBE, type -> !MAY_SUBSCRIBE.contains(outermost(type))))
            .should()
            .callMethodWhere(endsAChain());

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule transactionsRunInOneWay = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.afterword.db.Transactions")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "org\\.springframework\\.transaction\\.reactive\\.TransactionalOperator|org\\.springframework\\.r2dbc\\.connection\\.R2dbcTransactionManager");

    @ArchTest
    static final ArchRule noClassIsTransactional = noClasses().should().beAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule noMethodIsTransactional = methods().should().notBeAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule namesComeFromTheDomain =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Service|Mapper|DTO|Dto)");

    @ArchTest
    static final ArchRule endpointsAndPagesAreClosed = classes()
            .that()
            .areAnnotatedWith(Controller.class)
            .or()
            .areAnnotatedWith(RestController.class)
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyEndpointsAndPagesTakeRequests = noClasses()
            .that()
            .areNotAnnotatedWith(Controller.class)
            .and()
            .areNotAnnotatedWith(RestController.class)
            .should()
            .beAnnotatedWith(RequestMapping.class);

    @ArchTest
    static final ArchRule requestsResponsesAndFormsStayInTheirPackage = classes()
            .that()
            .resideInAnyPackage("dev.afterword.api.*..", "dev.afterword.web.*..")
            .and()
            .areTopLevelClasses()
            .and()
            .haveNameMatching(".*(Request|Response|Form)")
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule apiClassesAreNamedApiAndPagesPages = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .and()
            .resideInAPackage("dev.afterword.api..")
            .should()
            .haveSimpleNameEndingWith("Api")
            .allowEmptyShould(true);

    @ArchTest
    static void everyPackageIsNullMarkedAndSaysWhatItIsFor(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(held -> !held.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .isEmpty();
    }

    private static ArchRule featuresStandAlone(String edge) {
        return slices().matching("dev.afterword." + edge + ".(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaMethodCall> endsAChain() {
        return describe("that ends a reactive chain", call -> endsAChain(call.getTarget()));
    }

    private static boolean endsAChain(MethodCallTarget target) {
        return ENDINGS.contains(target.getName())
                && assignableTo(Publisher.class).test(target.getOwner());
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseTest::outermost).orElseGet(type::getName);
    }
}

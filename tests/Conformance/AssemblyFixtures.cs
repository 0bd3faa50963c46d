[assembly: AssemblyFixture(typeof(Worcr.Conformance.SharedPostgres))]

[assembly: AssemblyFixture(typeof(SharedSilos))]

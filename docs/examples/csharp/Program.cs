// Runs Python from C#, in a running server over http: `dotnet run demo`, or with Mono
//
//   mcs -r:System.Net.Http -r:System.Runtime.Serialization -r:System.Xml.Linq Program.cs && mono Program.exe demo
//
// Nothing but what every .NET has on board. On .NET alone, System.Text.Json reads the answers with less ado.
using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;

public static class Program
{
    public static int Main(string[] args)
    {
        Run(args.Length > 0 ? args[0] : "demo").GetAwaiter().GetResult();
        return 0;
    }

    static async Task Run(string name)
    {
        // Address and token are in the endpoint file of the server.
        string home = Environment.GetEnvironmentVariable("BEEP_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".beep-python");
        XElement endpoint = Json(File.ReadAllText(Path.Combine(home, "endpoints", name + ".json")));

        using (var http = new HttpClient(new HttpClientHandler { UseProxy = false }))
        {
            http.BaseAddress = new Uri(endpoint.Element("url").Value);
            http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Bearer", endpoint.Element("token").Value);

            string code = "import math\\nround(math.pi * r ** 2, 2)";
            XElement area = await Ask(http, "eval", "{\"expression\": \"" + code + "\", \"locals\": {\"r\": 4}}");
            Console.WriteLine("area: " + area.Element("value").Value);
            try
            {
                await Ask(http, "eval", "{\"expression\": \"1 / 0\"}");
            }
            catch (InvalidOperationException error)
            {
                Console.WriteLine("error: " + error.Message);
            }
        }
    }

    /// <summary>The answer to an operation. A status other than 200 has `code`, `message` and `traceback`.</summary>
    static async Task<XElement> Ask(HttpClient http, string operation, string json)
    {
        // The server takes this type and no other.
        var body = new StringContent(json, Encoding.UTF8, "application/json");
        using (HttpResponseMessage reply = await http.PostAsync("/" + operation, body))
        {
            XElement answer = Json(await reply.Content.ReadAsStringAsync());
            if (reply.IsSuccessStatusCode) return answer;
            throw new InvalidOperationException(answer.Element("message").Value);
        }
    }

    static XElement Json(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using (var reader = JsonReaderWriterFactory.CreateJsonReader(bytes, XmlDictionaryReaderQuotas.Max))
            return XElement.Load(reader);
    }
}
